package io.numa.avatar.hexagonfixtures.avatar.testkit;

/** A class that {@code PlaysAtWork} must not see. */
public record Toy(String name) {}
