package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A name that is being looked up; only {@link NetworkSession} makes and ends one. */
public final class NameRequest {
    private final String operation;
    private final String name;
    private final boolean byRule;
    private final CompletableFuture<List<InetAddress>> answer;

    NameRequest(
            String operation,
            String name,
            boolean byRule,
            CompletableFuture<List<InetAddress>> answer) {
        this.operation = operation;
        this.name = name;
        this.byRule = byRule;
        this.answer = answer;
    }

    /**
     * Whether the answer is there.
     *
     * @return true when asking for it does not wait
     */
    public boolean isDone() {
        return answer.isDone();
    }

    String operation() {
        return operation;
    }

    String name() {
        return name;
    }

    /** Whether a rule was about the name when it was asked for. */
    boolean isByRule() {
        return byRule;
    }

    CompletableFuture<List<InetAddress>> answer() {
        return answer;
    }
}
