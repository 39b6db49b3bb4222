package dev.cordon.scan.rule;

/** Looks at a module that was read to its end and says what it finds. */
interface Rule {
    void check(Subject subject, Findings findings);
}
