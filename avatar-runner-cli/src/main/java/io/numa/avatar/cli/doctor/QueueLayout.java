package io.numa.avatar.cli.doctor;

import io.numa.avatar.cli.config.QueueSection;
import io.numa.avatar.nats.QueueCheck;
import io.numa.avatar.nats.QueueCheck.Content;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import java.util.ArrayList;
import java.util.List;

/** Checks the streams and consumers of the queue; makes and changes none. */
final class QueueLayout {
  private final QueueSection queue;
  private final NatsSettings settings;

  /**
   * @param queue has an address
   */
  QueueLayout(QueueSection queue, NatsSettings settings) {
    this.queue = queue;
    this.settings = settings;
  }

  List<CheckResult> check() throws InterruptedException {
    String subject = "queue " + queue.url().orElseThrow();
    QueueCheck.Result found;
    try {
      found = QueueCheck.look(settings, queue.isWhole() ? Content.WHOLE : Content.IDS);
    } catch (UnauthorizedException e) {
      return List.of(CheckResult.refused(subject, e.getMessage()));
    } catch (PortException e) {
      return List.of(CheckResult.bad(subject, e.getMessage()));
    }
    var results = new ArrayList<CheckResult>();
    results.add(CheckResult.good(subject, "reachable, topic '" + settings.topic() + "'"));
    found.missing().stream().map(text -> CheckResult.good("queue", text)).forEach(results::add);
    found.differing().stream().map(text -> CheckResult.bad("queue", text)).forEach(results::add);
    return results;
  }
}
