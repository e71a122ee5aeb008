package io.numa.avatar.nats;

import io.nats.client.JetStreamApiException;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.Finding;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.settings.NatsSettings;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compares the streams and consumers of a queue with the settings. It changes nothing. */
public final class QueueCheck {
  private static final String AVATAR = "; the avatar makes it";
  private static final String BRIDGE = "; 'avatar bridge' makes it, where one is used";

  private QueueCheck() {}

  /** What the queue's messages hold: it decides which streams there are beside the tasks'. */
  public enum Content {
    /** The ids of a backend's tasks. Bridges, which publish them, have a bucket. */
    IDS,
    /** Whole tasks. There are streams of their reports, and of orders to the avatars. */
    WHOLE
  }

  /**
   * What was found, as texts for people.
   *
   * @param missing does not exist, and what makes it
   * @param differing is not as the settings say, so that the queue cannot be used; each text names
   *     the stream or consumer and its field
   */
  public record Result(List<String> missing, List<String> differing) {
    private static Result of(List<Finding> findings, String maker) {
      return new Result(
          findings.stream().filter(Finding::isMissing).map(one -> one.text() + maker).toList(),
          findings.stream().filter(Predicate.not(Finding::isMissing)).map(Finding::text).toList());
    }

    private Result and(Result other) {
      return new Result(
          Stream.concat(missing.stream(), other.missing.stream()).toList(),
          Stream.concat(differing.stream(), other.differing.stream()).toList());
    }
  }

  /** Connects, looks, and disconnects; the methods of a queue say what it throws. */
  public static Result look(NatsSettings settings, Content content) throws InterruptedException {
    try (var link = new Link(settings)) {
      return link.call("look at the queue", session -> look(session, settings, content));
    }
  }

  private static Result look(Session session, NatsSettings settings, Content content)
      throws IOException, JetStreamApiException {
    var layout = new Layout(settings);
    var other = new ReportLayout(settings);
    Result tasks = Result.of(new Site(layout).look(session), AVATAR);
    Result more =
        switch (content) {
          case IDS -> Result.of(new Site(layout, other.bridge()).look(session), BRIDGE);
          case WHOLE -> Result.of(new Site(layout, other.whole()).look(session), AVATAR);
        };
    return tasks.and(more);
  }
}
