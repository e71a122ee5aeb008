package io.numa.avatar.hexagonfixtures.avatar.backend;

/** A class that {@code AsksTheBackend} and {@code KnowsTheBackend} must not see. */
public record Telephone(String number) {}
