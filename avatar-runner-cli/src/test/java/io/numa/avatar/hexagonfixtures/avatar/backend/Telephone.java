package io.numa.avatar.hexagonfixtures.avatar.backend;

/** What {@code AsksTheBackend} and {@code KnowsTheBackend} should not see. */
public record Telephone(String number) {}
