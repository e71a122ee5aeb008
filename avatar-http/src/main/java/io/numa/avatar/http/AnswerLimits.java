package io.numa.avatar.http;

/**
 * How much of an answer's body is read, counted when it is decompressed.
 *
 * @param bytes of an answer that says success
 * @param errorBytes of any other
 */
public record AnswerLimits(int bytes, int errorBytes) {}
