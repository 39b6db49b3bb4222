package dev.cordon.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** One request and its response on one connection. */
final class HttpExchange {
    private static final int FIRST_STATUS = 200;
    private static final int SWITCHING = 101;

    /** Most interim responses before the real one. */
    private static final int MAX_INTERIM = 8;

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final int PIECE = 8 * 1024;
    private static final byte[] NO_BODY = {};

    private final HttpRequest request;
    private final DefaultBHttpClientConnection http;
    private final long maxBody;
    private boolean reusable;
    private boolean answered;

    HttpExchange(HttpRequest request, HttpConnection connection, long maxBody) {
        this.request = request;
        this.http = connection.http();
        this.maxBody = maxBody;
    }

    /** Whether the connection is fit for another exchange; asked after this one. */
    boolean reusable() {
        return reusable;
    }

    /**
     * Whether it failed before anything was answered to a request that may be sent twice. On a
     * connection that waited, the other end may have closed it in the moment of sending.
     */
    boolean repeatable() {
        return !answered && HARMLESS.contains(request.method());
    }

    HttpAnswer run() throws IOException, HttpException, HttpProblem {
        BasicClassicHttpRequest message = message();
        http.sendRequestHeader(message);
        if (message.getEntity() != null) {
            http.sendRequestEntity(message);
        }
        http.flush();
        ClassicHttpResponse response = response();
        byte[] body = NO_BODY;
        if (MessageSupport.canResponseHaveBody(request.method(), response)) {
            http.receiveResponseEntity(response);
            body = body(response.getEntity());
        }
        reusable =
                http.isConsistent()
                        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
                                message, response, HttpCoreContext.create());
        return new HttpAnswer(response.getCode(), request.target().url(), fields(response), body);
    }

    private BasicClassicHttpRequest message() {
        HttpTarget target = request.target();
        BasicClassicHttpRequest message =
                new BasicClassicHttpRequest(request.method(), target.path());
        message.addHeader("Host", target.authority());
        for (HttpField field : request.fields()) {
            message.addHeader(field.name(), field.value());
        }
        if (request.fields().stream().noneMatch(field -> field.isNamed("user-agent"))) {
            message.addHeader("User-Agent", "Cordon");
        }
        if (request.saysLength()) {
            message.addHeader("Content-Length", String.valueOf(request.body().length));
        }
        if (request.body().length > 0) {
            message.setEntity(
                    new ByteArrayEntity(request.body(), ContentType.APPLICATION_OCTET_STREAM));
        }
        return message;
    }

    private ClassicHttpResponse response() throws IOException, HttpException, HttpProblem {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            ClassicHttpResponse response = http.receiveResponseHeader();
            if (response == null) {
                throw HttpProblem.failed("the other end closed the connection");
            }
            answered = true;
            if (response.getCode() >= FIRST_STATUS) {
                return response;
            }
            if (response.getCode() == SWITCHING) {
                throw HttpProblem.failed("the other end wants to speak another protocol");
            }
        }
        throw HttpProblem.failed("the other end sends only interim responses");
    }

    private byte[] body(HttpEntity entity) throws IOException, HttpProblem {
        if (entity == null) {
            return NO_BODY;
        }
        if (entity.getContentLength() > maxBody) {
            throw tooLarge();
        }
        // The stream is not closed: that would read what is left of a body that is given up.
        InputStream content = entity.getContent();
        byte[] bytes = new byte[PIECE];
        int size = 0;
        while (true) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * size, Integer.MAX_VALUE - 8L));
            }
            int count = content.read(bytes, size, bytes.length - size);
            if (count < 0) {
                return Arrays.copyOf(bytes, size);
            }
            size += count;
            if (size > maxBody) {
                throw tooLarge();
            }
        }
    }

    private HttpProblem tooLarge() {
        return new HttpProblem(
                HttpProblem.Kind.TOO_LARGE, "the response is larger than " + maxBody + " bytes");
    }

    private static Map<String, String> fields(ClassicHttpResponse response) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            String value = header.getValue() == null ? "" : header.getValue();
            fields.merge(
                    header.getName().toLowerCase(Locale.ROOT),
                    value,
                    (first, next) -> first + ", " + next);
        }
        return fields;
    }
}
