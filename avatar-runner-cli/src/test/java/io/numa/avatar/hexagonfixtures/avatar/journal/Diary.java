package io.numa.avatar.hexagonfixtures.avatar.journal;

/** Is what an adapter has, and only the runner may have from it. */
public record Diary(String page) {}
