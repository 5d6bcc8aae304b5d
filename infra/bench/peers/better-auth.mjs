// better-auth with its plugin for a second factor, on SQLite in memory. Passwords are not part of what is measured, so their
// hash is a cheap one; everything else is as it comes, without the limit on calls of one address.
import { createServer } from "node:http";
import Database from "better-sqlite3";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { twoFactor } from "better-auth/plugins";

const port = Number(process.env.PORT);
const options = {
  baseURL: `http://127.0.0.1:${port}`,
  secret: "0123456789abcdef0123456789abcdef",
  database: new Database(":memory:"),
  emailAndPassword: {
    enabled: true,
    password: { hash: async (password) => password, verify: async ({ hash, password }) => hash === password },
  },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [twoFactor()],
};
await (await getMigrations(options)).runMigrations();
const server = createServer(toNodeHandler(betterAuth(options)));
// Longer than the turns of the others.
server.keepAliveTimeout = 600_000;
server.listen(port, "127.0.0.1");
