package dev.cordon.bridge;

import java.time.Instant;

/**
 * A fact that was published on a topic. Immutable and thread-safe.
 *
 * <p>Plugins get it as CloudEvents 1.0 JSON in structured mode.
 */
public final class Event {
    /** Largest payload, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 1 << 20;

    private final String id;
    private final Party publisher;
    private final String topic;
    private final Instant time;
    private final TraceContext trace;
    private final byte[] payload;

    /**
     * Takes note of a fact.
     *
     * @param id unique for its publisher
     * @param publisher who published it
     * @param topic what it is about
     * @param time when it was published
     * @param trace where it belongs in a trace
     * @param payload what happened; copied
     */
    public Event(
            String id,
            Party publisher,
            String topic,
            Instant time,
            TraceContext trace,
            byte[] payload) {
        this.id = id;
        this.publisher = publisher;
        this.topic = topic;
        this.time = time;
        this.trace = trace;
        this.payload = payload.clone();
    }

    /**
     * Its name among all events of this publisher.
     *
     * @return CloudEvents' {@code id}
     */
    public String id() {
        return id;
    }

    /**
     * Who published it, as the engine knows it.
     *
     * @return CloudEvents' {@code source}
     */
    public Party publisher() {
        return publisher;
    }

    /**
     * What it is about.
     *
     * @return CloudEvents' {@code type}
     */
    public String topic() {
        return topic;
    }

    /**
     * When it was published.
     *
     * @return CloudEvents' {@code time}
     */
    public Instant time() {
        return time;
    }

    /**
     * Where it belongs in a trace.
     *
     * @return CloudEvents' extension {@code traceparent}
     */
    public TraceContext trace() {
        return trace;
    }

    /**
     * What happened.
     *
     * @return a copy; hostile until checked if a plugin published it
     */
    public byte[] payload() {
        return payload.clone();
    }

    /**
     * How large the payload is.
     *
     * @return bytes
     */
    public int payloadBytes() {
        return payload.length;
    }

    /**
     * The event as a document.
     *
     * <p>A payload that is JSON stands in {@code data} as it is, one that is other UTF-8 text as a
     * string, any other in {@code data_base64}.
     *
     * @return CloudEvents 1.0 JSON, UTF-8
     */
    public byte[] json() {
        return CloudEventJson.write(this, payload);
    }

    @Override
    public String toString() {
        return topic + " " + id + " of " + publisher;
    }
}
