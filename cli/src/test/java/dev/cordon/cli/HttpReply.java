package dev.cordon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a request over HTTP was answered with. */
record HttpReply(int status, String body) {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int FIRST_ERROR = 400;

    static HttpReply of(String method, String url, byte[] body, Map<String, String> headers) {
        try {
            HttpURLConnection http = (HttpURLConnection) URI.create(url).toURL().openConnection();
            http.setRequestMethod(method);
            http.setReadTimeout(TIMEOUT_MILLIS);
            headers.forEach(http::setRequestProperty);
            if (!method.equals("GET")) {
                http.setDoOutput(true);
                http.setFixedLengthStreamingMode(body.length);
                http.getOutputStream().write(body);
            }
            int status = http.getResponseCode();
            InputStream in = status < FIRST_ERROR ? http.getInputStream() : http.getErrorStream();
            try (in) {
                return new HttpReply(status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(url, broken);
        }
    }
}
