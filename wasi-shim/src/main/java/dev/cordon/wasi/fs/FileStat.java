package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.FileType;

/**
 * What is known of a file.
 *
 * @param device which file system
 * @param inode which file in it
 * @param type what it is
 * @param links how many names it has; 1 where the system cannot tell
 * @param size bytes
 * @param accessed nanoseconds since 1970
 * @param modified nanoseconds since 1970
 * @param changed nanoseconds since 1970; the modification's where the system cannot tell
 */
public record FileStat(
        long device,
        long inode,
        FileType type,
        long links,
        long size,
        long accessed,
        long modified,
        long changed) {}
