package io.numa.avatar.port.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A short message. No text of it has secrets or control characters, and all are short.
 *
 * @param key what the notice is about; a receiver gets one notice with the same key
 * @param events what it is about, in words; at least one
 * @param avatar the avatar's name, for people
 * @param task the task's id, if it is about one
 * @param title the task's title, in one line; empty if it is not known
 * @param outcome in a few words, such as {@code failed at test}
 * @param reason why, in a few lines; may be empty
 */
public record Notice(
    String key,
    Set<NoticeEvent> events,
    Instant at,
    String avatar,
    Optional<String> task,
    String title,
    String outcome,
    String reason,
    List<Link> links) {
  /**
   * An address to look at.
   *
   * @param name such as {@code change request}
   * @param url with the scheme {@code http} or {@code https}
   */
  public record Link(String name, String url) {}

  public Notice {
    events = Set.copyOf(events);
    links = List.copyOf(links);
  }

  /** Such as {@code Task 7 failed at test: Let people log in}. */
  public String headline() {
    String subject = task.map(id -> "Task " + id + " ").orElse("");
    return subject + outcome + (title.isEmpty() ? "" : ": " + title);
  }
}
