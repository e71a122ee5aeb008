package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import io.numa.avatar.port.journal.Journal;

/** Binds {@link Journal} to an open one. The avatar closes it. */
final class JournalModule extends AbstractModule {
  private final Journal journal;

  JournalModule(Journal journal) {
    this.journal = journal;
  }

  @Override
  protected void configure() {
    bind(Journal.class).toInstance(journal);
  }
}
