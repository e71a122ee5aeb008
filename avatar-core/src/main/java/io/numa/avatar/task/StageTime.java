package io.numa.avatar.task;

import java.time.Instant;

/** When an attempt entered a stage. It may enter a stage more than once. */
public record StageTime(Stage stage, Instant at) {}
