package io.numa.avatar.task.agent;

/**
 * A file that holds the change of a failed attempt, for its operator alone.
 *
 * @param path absolute, on the avatar's machine
 * @param bytes the file's size
 * @param sha256 in lower-case hexadecimal digits
 */
public record KeptPatch(String path, long bytes, String sha256) {}
