package dev.cordon.trust.judge;

import dev.cordon.trust.SignatureKind;
import dev.cordon.trust.crypto.Rejection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was looked at, line by line, and what was found wrong on the way. */
final class Trace {
    private final List<String> lines = new ArrayList<>();
    private final Map<SignatureKind, Rejection> faults = new EnumMap<>(SignatureKind.class);
    private final List<Rejection> inOrder = new ArrayList<>();

    void note(String what, String result) {
        lines.add("ok   " + what + ": " + result);
    }

    void note(SignatureKind kind, String result) {
        note(kind.text(), result);
    }

    /** A fault that leaves the hope that another signature is good. */
    void fault(SignatureKind kind, Rejection fault) {
        lines.add("no   " + kind.text() + ": " + fault.line());
        faults.putIfAbsent(kind, fault);
        inOrder.add(fault);
    }

    void end(Rejection fault) {
        lines.add("no   " + fault.line());
    }

    Optional<Rejection> firstFault() {
        return inOrder.stream().findFirst();
    }

    Optional<Rejection> fault(SignatureKind kind) {
        return Optional.ofNullable(faults.get(kind));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
