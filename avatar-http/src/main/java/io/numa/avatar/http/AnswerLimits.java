package io.numa.avatar.http;

/**
 * How many bytes of an answer's body the client reads, counted after decompression.
 *
 * @param bytes the limit for a successful answer
 * @param errorBytes the limit for any other answer
 */
public record AnswerLimits(int bytes, int errorBytes) {}
