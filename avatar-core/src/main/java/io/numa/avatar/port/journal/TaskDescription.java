package io.numa.avatar.port.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * What a task was when it was claimed, to show it after its end. No text has secrets.
 *
 * @param title on one line
 * @param branch the branch of the work
 * @param application the id of its application
 * @param plan its plan in words: the text for an agent, or else a line for each step; bounded
 * @param announcedAt when the backend made the message that announced it, if that is known
 */
public record TaskDescription(
    String title, String branch, String application, String plan, Optional<Instant> announcedAt) {}
