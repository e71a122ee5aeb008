package io.numa.avatar.nats.internal.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.numa.avatar.nats.internal.claim.Place;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import java.util.Locale;
import java.util.Optional;

/** The stream of messages that are not carried out. */
final class DeadLetters {
  /** The header with the reason, for people. */
  private static final String REASON = "Numa-Reason";

  private final Link link;
  private final Site site;
  private final Layout layout;

  DeadLetters(Link link, Site site, Layout layout) {
    this.link = link;
    this.site = site;
    this.layout = layout;
  }

  /**
   * Publishes a message, once however often it is tried within two minutes.
   *
   * @param place of the message in the queue; empty if it has none
   */
  void publish(TaskKey key, Optional<Place> place, String reason, byte[] body)
      throws InterruptedException {
    var headers = new Headers();
    headers.add(REASON, header(reason));
    var options = PublishOptions.builder();
    place.ifPresent(at -> options.messageId(messageId(key, at)));
    link.call(
        "move the task to the dead letters",
        session -> {
          site.prepare(session);
          return session.streams().publish(layout.deadSubject(key), headers, body, options.build());
        });
  }

  private static String messageId(TaskKey key, Place place) {
    return String.format(Locale.ROOT, "%s.%d.%d", key.value(), place.message(), place.published());
  }

  /** A header holds ASCII, so anything else, and '%', is percent-encoded. */
  private static String header(String reason) {
    var encoded = new StringBuilder();
    for (byte unit : reason.replaceAll("\\p{Cntrl}", " ").getBytes(UTF_8)) {
      encoded.append(
          unit >= ' ' && unit != '%' ? String.valueOf((char) unit) : percentEncoded(unit));
    }
    return encoded.toString();
  }

  private static String percentEncoded(byte unit) {
    return String.format(Locale.ROOT, "%%%02X", unit);
  }
}
