export default {
  portcullis: {
    input: "openapi.json",
    output: { target: "orval.generated.ts", client: "fetch", baseUrl: process.env.SERVICE, mode: "single" },
  },
};
