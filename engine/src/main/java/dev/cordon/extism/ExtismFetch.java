package dev.cordon.extism;

import dev.cordon.bundle.BundleReader;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.MalformedBundleException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches a module for the application, within limits of time and size. */
final class ExtismFetch {
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_SHOWN = 300;
    private static final int OK = 200;

    private final String manifest;
    private final ExtismSources sources;
    private final long deadline;
    private final HttpClient client;

    ExtismFetch(String manifest, ExtismSources sources) {
        this.manifest = manifest;
        this.sources = sources;
        this.deadline = System.nanoTime() + sources.timeout().toNanos();
        this.client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(sources.timeout())
                        .build();
    }

    /** The bytes, whatever they are; each place that a server redirects to must be allowed. */
    byte[] fetch(String url, Map<String, String> headers) {
        URI next = URI.create(url);
        Map<String, String> sent = headers;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpResponse<byte[]> response = send(next, sent);
            String location = redirect(response);
            if (location == null) {
                return response.body();
            }
            URI target = resolved(next, location);
            String refusal = sources.refusal(target);
            if (refusal != null) {
                throw failed("it redirects to where nothing is fetched from: " + refusal, null);
            }
            // Headers may hold a secret, which is the first server's business only.
            sent = isSameServer(next, target) ? sent : Map.of();
            next = target;
        }
        throw failed("it redirects more than " + MAX_REDIRECTS + " times", null);
    }

    private static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
    }

    private URI resolved(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException notUrl) {
            throw failed("it redirects to what is no URL", notUrl);
        }
    }

    private @Nullable String redirect(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == OK) {
            return null;
        }
        String location = response.headers().firstValue("location").orElse("");
        if (status < 301 || status > 308 || location.isEmpty()) {
            throw failed("the server answers with status " + status, null);
        }
        return location;
    }

    private HttpResponse<byte[]> send(URI url, Map<String, String> headers) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request(url, headers),
                        info -> new BoundedBody(BundleReader.MAX_MODULE_BYTES));
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw failed("it took longer than " + sources.timeout().toMillis() + " ms", late);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof BoundedBody.TooLarge) {
                throw new MalformedBundleException(
                        ErrorCode.BUNDLE_TOO_LARGE,
                        GuestText.printable(manifest, MAX_SHOWN),
                        "a module that was to be fetched is larger than "
                                + BundleReader.MAX_MODULE_BYTES
                                + " bytes",
                        "strip debug information, or split it",
                        cause);
            }
            throw failed(cause == null ? "no answer" : cause.toString(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("the thread was interrupted", interrupted);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(URI url, Map<String, String> headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url).GET();
            headers.forEach(request::header);
            return request.build();
        } catch (IllegalArgumentException unusable) {
            throw failed("the request cannot be made: " + unusable.getMessage(), unusable);
        }
    }

    private MalformedBundleException failed(String why, @Nullable Throwable cause) {
        IOException wrapped = cause == null ? null : new IOException(why, cause);
        return new MalformedBundleException(
                ErrorCode.UNREADABLE,
                GuestText.printable(manifest, MAX_SHOWN),
                GuestText.printable("a module could not be fetched: " + why, MAX_SHOWN),
                "check the URL and the network, or download it and name its path",
                wrapped);
    }
}
