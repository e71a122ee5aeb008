package io.numa.avatar.nats;

import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.layout.Finding;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.settings.NatsSettings;
import java.util.List;

/** Compares the streams and consumers of a queue with the settings. It changes nothing. */
public final class QueueCheck {
  private QueueCheck() {}

  /**
   * What was found, as texts for people.
   *
   * @param missing does not exist; the queue makes it when it is used
   * @param differing is not as the settings say, so that the queue cannot be used; each text names
   *     the stream or consumer and its field
   */
  public record Result(List<String> missing, List<String> differing) {}

  /** Connects, looks, and disconnects; the methods of a queue say what it throws. */
  public static Result look(NatsSettings settings) throws InterruptedException {
    var link = new Link(settings);
    try (link) {
      var site = new Site(new Layout(settings));
      List<Finding> findings = link.call("look at the queue", site::look);
      return new Result(texts(findings, true), texts(findings, false));
    }
  }

  private static List<String> texts(List<Finding> findings, boolean missing) {
    return findings.stream()
        .filter(finding -> finding.isMissing() == missing)
        .map(Finding::text)
        .toList();
  }
}
