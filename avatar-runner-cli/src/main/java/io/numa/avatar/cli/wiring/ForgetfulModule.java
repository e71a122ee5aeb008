package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.InMemoryJournal;

/** Binds {@link Journal} to one in memory, which ends with the process. */
final class ForgetfulModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Journal.class).toInstance(new InMemoryJournal());
  }
}
