import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.*;
import com.nimbusds.oauth2.sdk.auth.*;
import com.nimbusds.oauth2.sdk.id.*;
import com.nimbusds.oauth2.sdk.pkce.*;
import com.nimbusds.openid.connect.sdk.*;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.sun.net.httpserver.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A portal with a library for OpenID Connect and nothing of Portcullis: here Nimbus, under Java's own server. The library
 * checks nonce and id_token; the portal compares state, iss and user, and keeps everything of a sign-in in the session.
 */
public final class Portal {
    private record Waiting(String user, State state, Nonce nonce, CodeVerifier verifier) {}

    private static final String FORM = """
        <form method="post" action="/sign-in"><label>Name <input id="name" name="name" required></label>
        <label>Password <input id="password" name="password" type="password" required></label> <button>Sign in</button></form>""";
    private static final Map<String, Waiting> waiting = new ConcurrentHashMap<>(); // by the id of the browser's session
    private static final Map<String, IDTokenClaimsSet> signedIn = new ConcurrentHashMap<>();
    private static final String base = "http://localhost:" + setting("PORT");
    private static final URI redirectUri = URI.create(base + "/back"); // one of the portal's return URLs
    private static final ClientID portal = new ClientID(setting("PORTCULLIS_PORTAL"));
    private static final ClientAuthentication key = new ClientSecretBasic(portal, new Secret(setting("PORTCULLIS_OIDC_KEY")));
    private static OIDCProviderMetadata service;

    private static String setting(String name) {
        return Optional.ofNullable(System.getenv(name)).orElseThrow(() -> new IllegalStateException(name + " is not set"));
    }

    public static void main(String[] arguments) throws Exception {
        service = OIDCProviderMetadata.resolve(new Issuer(setting("PORTCULLIS_SERVICE")));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", URI.create(base).getPort()), 0);
        server.createContext("/", exchange -> {
            try {
                switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                    case "POST /sign-in" -> signIn(exchange);
                    case "GET /back" -> back(exchange);
                    default -> home(exchange);
                }
            } catch (Exception error) { // nobody is in
                answer(exchange, 403, "You are not signed in", "<p>" + safe(error.getMessage()) + "</p>" + FORM);
            }
        });
        server.start();
        System.out.println("The portal is at " + base);
    }

    private static void home(HttpExchange exchange) throws java.io.IOException {
        IDTokenClaimsSet claims = signedIn.get(session(exchange));
        if (claims == null) answer(exchange, 200, "Sign in", FORM);
        else answer(exchange, 200, "Welcome, " + safe(claims.getSubject().getValue()), "<pre>" + safe(claims.toJSONString()) + "</pre>");
    }

    private static void signIn(HttpExchange exchange) throws Exception {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> given = Arrays.stream(form.split("&")).map(pair -> pair.split("=", 2)).collect(Collectors.toMap(
            pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        if (!"anna".equals(given.get("name")) || !"password".equals(given.get("password"))) {
            answer(exchange, 403, "Name or password is wrong", FORM);
            return;
        }
        Waiting sign = new Waiting(given.get("name"), new State(), new Nonce(), new CodeVerifier());
        AuthenticationRequest request = new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid"), portal, redirectUri)
            .state(sign.state).nonce(sign.nonce).codeChallenge(sign.verifier, CodeChallengeMethod.S256).loginHint(sign.user)
            .customParameter("user", "{\"email\":\"anna@example.co.nz\",\"email_verified\":true}").build();
        URI endpoint = service.getPushedAuthorizationRequestEndpointURI();
        var pushed = PushedAuthorizationResponse.parse(new PushedAuthorizationRequest(endpoint, key, request).toHTTPRequest().send());
        if (!pushed.indicatesSuccess()) throw new IllegalStateException(pushed.toErrorResponse().getErrorObject().toString());
        URI prompt = new AuthorizationRequest.Builder(pushed.toSuccessResponse().getRequestURI(), portal)
            .endpointURI(service.getAuthorizationEndpointURI()).build().toURI();
        waiting.put(begin(exchange), sign);
        redirect(exchange, prompt.toString());
    }

    private static void back(HttpExchange exchange) throws Exception {
        Waiting sign = waiting.get(session(exchange));
        if (sign == null) throw new IllegalStateException("this sign-in was not started in this browser");
        AuthenticationResponse response = AuthenticationResponseParser.parse(URI.create(base + exchange.getRequestURI()));
        if (!sign.state.equals(response.getState()) || !service.getIssuer().equals(response.getIssuer()))
            throw new IllegalStateException("the answer is of another sign-in or another service");
        if (!response.indicatesSuccess()) throw new IllegalStateException(response.toErrorResponse().getErrorObject().toString());
        AuthorizationGrant grant = new AuthorizationCodeGrant(response.toSuccessResponse().getAuthorizationCode(), redirectUri, sign.verifier);
        TokenResponse tokens = OIDCTokenResponseParser.parse(new TokenRequest(service.getTokenEndpointURI(), key, grant).toHTTPRequest().send());
        if (!tokens.indicatesSuccess()) throw new IllegalStateException(tokens.toErrorResponse().getErrorObject().toString());
        var idToken = ((OIDCTokenResponse) tokens.toSuccessResponse()).getOIDCTokens().getIDToken();
        IDTokenClaimsSet claims = new IDTokenValidator(service.getIssuer(), portal, JWSAlgorithm.RS256, service.getJWKSetURI().toURL())
            .validate(idToken, sign.nonce);
        if (!sign.user.equals(claims.getSubject().getValue()) || !"login".equals(claims.getStringClaim("event")))
            throw new IllegalStateException("the id_token is of somebody or something else");
        signedIn.put(begin(exchange), claims);
        redirect(exchange, "/");
    }

    private static String session(HttpExchange exchange) {
        String cookies = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie")).orElse("");
        return Arrays.stream(cookies.split("; ")).filter(cookie -> cookie.startsWith("session=")).findFirst().orElse("session=").substring(8);
    }

    /** Ends the browser's session, and begins another one under an id that nobody else knows. */
    private static String begin(HttpExchange exchange) {
        waiting.remove(session(exchange));
        signedIn.remove(session(exchange));
        String id = new State().getValue();
        exchange.getResponseHeaders().add("Set-Cookie", "session=" + id + "; Path=/; HttpOnly; SameSite=Lax"); // over HTTPS also Secure
        return id;
    }

    private static String safe(String text) {
        return String.valueOf(text).replace("&", "&amp;").replace("<", "&lt;");
    }

    private static void redirect(HttpExchange exchange, String to) throws java.io.IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(303, -1);
    }

    private static void answer(HttpExchange exchange, int status, String title, String body) throws java.io.IOException {
        byte[] page = ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><h1>" + title + "</h1>" + body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, page.length);
        try (var out = exchange.getResponseBody()) { out.write(page); }
    }
}
