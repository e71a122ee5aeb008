package io.numa.avatar.hexagonfixtures.avatar.testkit;

/** What {@code PlaysAtWork} should not see. */
public record Toy(String name) {}
