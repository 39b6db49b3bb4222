package dev.cordon.manifest;

/**
 * One command of a plugin.
 *
 * @param name what callers know it by
 * @param export the exported function that it is
 * @param description for people; may be empty
 */
public record ManifestCommand(String name, String export, String description) {}
