package dev.cordon.monitor;

/**
 * What became of one event at one moment. Immutable.
 *
 * @param id the event's id
 * @param topic what it is about
 * @param publisher {@code cordon:/host} or {@code cordon:/plugins/ID}
 * @param subscriber the same; empty when it is about the publication
 * @param stage {@code accepted}, {@code received}, or why it became a dead letter: {@code
 *     overflow}, {@code failed}, {@code denied}, {@code closed}, {@code unwanted}
 */
public record EventReport(
        String id, String topic, String publisher, String subscriber, String stage) {}
