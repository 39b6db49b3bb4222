package dev.cordon.wasi.fs;

/**
 * What is to be done with a file that is opened.
 *
 * @param read whether it is read
 * @param write whether it is written
 * @param create whether it is made if it is not there
 * @param exclusive whether it must not be there; with {@code create}
 * @param truncate whether its content goes; with {@code write}
 */
public record OpenMode(
        boolean read, boolean write, boolean create, boolean exclusive, boolean truncate) {}
