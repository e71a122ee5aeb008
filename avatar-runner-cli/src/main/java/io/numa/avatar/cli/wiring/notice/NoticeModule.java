package io.numa.avatar.cli.wiring.notice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.notify.NotifyEntry;
import io.numa.avatar.notify.CommandReceiver;
import io.numa.avatar.notify.WebhookReceiver;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.notice.NoticeReceiver;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.run.notice.NoticeOutbox;
import io.numa.avatar.run.notice.NoticeWriter;
import io.numa.avatar.run.notice.OutcomeNotices;
import io.numa.avatar.run.secret.Redactor;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Binds who is told what becomes of tasks. */
public final class NoticeModule extends AbstractModule {
  private final List<NotifyEntry> entries;

  /**
   * @param entries who is told; none where nothing is to be told
   */
  public NoticeModule(List<NotifyEntry> entries) {
    this.entries = entries;
  }

  @Override
  protected void configure() {
    requireBinding(Journal.class);
    requireBinding(Processes.class);
    requireBinding(Redactor.class);
    requireBinding(Configuration.class);
    requireBinding(Clock.class);
  }

  @Provides
  NoticeWriter writer(Configuration configuration, Redactor redactor) {
    return new NoticeWriter(configuration.avatar().name(), page(configuration), redactor);
  }

  /** The server's address as its operators call it; none that only its own program knows. */
  private static Optional<String> page(Configuration configuration) {
    return configuration
        .server()
        .listen()
        .map(
            address -> {
              String host =
                  configuration.server().hosts().stream().findFirst().orElse(address.host());
              return "http://" + new HostAndPort(host, address.port());
            });
  }

  @Provides
  @Singleton
  NoticeOutbox outbox(Journal journal, Processes processes, Redactor redactor, Clock clock) {
    List<NoticeReceiver> receivers =
        entries.stream().flatMap(entry -> receiver(entry, processes, redactor, clock)).toList();
    return new NoticeOutbox(journal, receivers, clock);
  }

  private static Stream<NoticeReceiver> receiver(
      NotifyEntry entry, Processes processes, Redactor redactor, Clock clock) {
    Optional<NoticeReceiver> hook =
        entry.hook().map(each -> new WebhookReceiver(each, redactor, clock));
    return Stream.of(
        hook.orElseGet(
            () ->
                new CommandReceiver(
                    Objects.requireNonNull(entry.command()), entry.events(), processes)));
  }

  @Provides
  @Singleton
  OutcomeNotices outcomes(Journal journal, NoticeWriter writer, NoticeOutbox outbox) {
    return new OutcomeNotices(journal, writer, outbox);
  }
}
