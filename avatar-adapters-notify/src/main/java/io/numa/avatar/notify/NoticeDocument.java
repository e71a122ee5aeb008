package io.numa.avatar.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeEvent;

/** A notice as a JSON document, for programs. */
final class NoticeDocument {
  private NoticeDocument() {}

  static ObjectNode of(Notice notice) {
    ObjectNode document = Json.object();
    ArrayNode events = document.putArray("events");
    notice.events().stream().sorted().map(NoticeEvent::word).forEach(events::add);
    document.put("at", notice.at().toString()).put("avatar", notice.avatar());
    notice.task().ifPresent(task -> document.put("task", task));
    document
        .put("title", notice.title())
        .put("outcome", notice.outcome())
        .put("reason", notice.reason())
        .put("text", notice.headline());
    ArrayNode links = document.putArray("links");
    notice
        .links()
        .forEach(link -> links.addObject().put("name", link.name()).put("url", link.url()));
    return document;
  }
}
