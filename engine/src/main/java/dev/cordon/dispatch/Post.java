package dev.cordon.dispatch;

import dev.cordon.monitor.EngineListener;

/** What all mailboxes share. Thread-safe. */
interface Post {
    /** Runs a delivery beside everything else. */
    void run(Runnable delivery);

    /** Runs something short after a while. */
    void later(Runnable task, long nanos);

    /** Keeps events that were not received. */
    DeadLetters deadLetters();

    /** Hears of events that were. */
    EngineListener listener();

    /** More events are to be dealt with. */
    void expect(int events);

    /** Events that were expected have been dealt with. */
    void done(int events);

    /** The mailbox was closed. */
    void forget(Mailbox mailbox);
}
