package io.numa.avatar.notify;

import io.numa.avatar.port.Secret;
import io.numa.avatar.port.notice.NoticeEvent;
import java.util.Optional;
import java.util.Set;

/**
 * The hook of a chat.
 *
 * @param url its address, with the scheme {@code http} or {@code https}; who has it can post there
 * @param secret signs messages, where the hook demands that
 * @param events what to send there
 */
public record Webhook(
    Secret url, Template template, Optional<Secret> secret, Set<NoticeEvent> events) {
  public Webhook {
    events = Set.copyOf(events);
  }
}
