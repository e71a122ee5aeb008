package io.numa.avatar.hexagonfixtures.avatar.journal;

/** A class of an adapter that only the runner may see. */
public record Diary(String page) {}
