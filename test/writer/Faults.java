// Real exceptions of the AWS SDKs for Java, v1 and v2: their own clients ask a server on the loopback that answers as
// IAM does, so that text, class, cause and stack are the SDK's. Keys are AWS's documented examples.

import com.amazonaws.ClientConfiguration;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.identitymanagement.AmazonIdentityManagement;
import com.amazonaws.services.identitymanagement.AmazonIdentityManagementClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

final class Faults {
    /** No answer at all instead of an error. */
    static final String UNREACHABLE = "Unreachable";

    private record Answer(int status, String sentence) {}

    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    // The long form, as IAM gives it: the code stands some twenty lines below the header.
    private static final String SIGNATURE =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access"
            + " Key and signing method. Consult the service documentation for details.\n\n"
            + "The Canonical String for this request should have been\n'POST\n/\n\nhost:iam.amazonaws.com\n"
            + "x-amz-date:20260101T000000Z\n\nhost;x-amz-date\n" + "e3b0c442".repeat(8) + "'\n\n"
            + "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260101T000000Z\n"
            + "20260101/us-east-1/iam/aws4_request\n" + "98fc1c14".repeat(8) + "'\n";

    private static final Map<String, Answer> ANSWERS = Map.of(
        "InvalidClientTokenId", new Answer(403, "The security token included in the request is invalid."),
        "SignatureDoesNotMatch", new Answer(403, SIGNATURE),
        "AccessDenied", new Answer(403, "User: arn:aws:iam::123456789012:user/vna-monitoring-user is not authorized"
            + " to perform: iam:GetUser on resource: user vna-monitoring-user because no identity-based policy allows"
            + " the iam:GetUser action"),
        "ExpiredToken", new Answer(403, "The security token included in the request is expired"),
        "OptInRequired", new Answer(403, "The AWS Access Key Id needs a subscription for the service"),
        "Throttling", new Answer(400, "Rate exceeded"),
        "ServiceFailure", new Answer(500, "The request processing has failed because of an unknown error."));

    private final HttpServer server;
    private final int closedPort;
    private String code = "";
    private int requests;

    Faults() throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        try (var nobody = new ServerSocket(0, 1, loopback)) {
            closedPort = nobody.getLocalPort();
            // While that port is taken, so that the two differ.
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** What a call that ends in this error throws; `flavour` is `v1`, `v2` or `nested`. */
    Throwable thrown(String wanted, String flavour) {
        if (!wanted.equals(UNREACHABLE) && !ANSWERS.containsKey(wanted)) {
            throw new IllegalArgumentException("no such code: " + wanted);
        }
        code = wanted;
        var port = wanted.equals(UNREACHABLE) ? closedPort : server.getAddress().getPort();
        var endpoint = "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
        return switch (flavour) {
            case "v1" -> thrownBy(() -> askV1(endpoint));
            case "v2" -> thrownBy(() -> askV2(endpoint));
            case "nested" -> thrownBy(() -> askDeep(endpoint, 300));
            default -> throw new IllegalArgumentException("no such flavour: " + flavour);
        };
    }

    int statusOf(String wanted) {
        return wanted.equals(UNREACHABLE) ? 0 : ANSWERS.get(wanted).status();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var answer = ANSWERS.get(code);
        var requestId = UUID.nameUUIDFromBytes(("request " + requests++).getBytes(StandardCharsets.UTF_8));
        var body = ("<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>"
            + code + "</Code><Message>" + answer.sentence() + "</Message></Error><RequestId>" + requestId
            + "</RequestId></ErrorResponse>").getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("x-amzn-RequestId", requestId.toString());
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void askV1(String endpoint) {
        AmazonIdentityManagement client = AmazonIdentityManagementClientBuilder.standard()
            .withClientConfiguration(new ClientConfiguration().withMaxErrorRetry(0))
            .withEndpointConfiguration(new EndpointConfiguration(endpoint, "us-east-1"))
            .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials(KEY, SECRET)))
            .build();
        try {
            client.getUser();
        } finally {
            client.shutdown();
        }
    }

    private static void askV2(String endpoint) {
        try (var client = IamClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .endpointOverride(URI.create(endpoint))
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
            .build()) {
            client.getUser();
        }
    }

    /** A stack so deep that JBoss writes the record in several pieces, and the SDK's exception only as its cause. */
    private static void askDeep(String endpoint, int depth) {
        if (depth > 0) {
            askDeep(endpoint, depth - 1);
            return;
        }
        try {
            askV1(endpoint);
        } catch (RuntimeException cause) {
            throw new IllegalStateException("Could not read the inventory", cause);
        }
    }

    private static Throwable thrownBy(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException thrown) {
            return thrown;
        }
        throw new IllegalStateException("the call did not fail");
    }
}
