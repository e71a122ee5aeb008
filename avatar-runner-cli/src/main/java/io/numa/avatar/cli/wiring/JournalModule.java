package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.port.journal.Journal;
import java.util.function.UnaryOperator;

/** Binds {@link Journal} to the database in the state directory. */
final class JournalModule extends AbstractModule {
  private final UnaryOperator<Journal> watched;

  JournalModule(UnaryOperator<Journal> watched) {
    this.watched = watched;
  }

  @Override
  protected void configure() {
    requireBinding(Configuration.class);
  }

  @Provides
  @Singleton
  Journal journal(Configuration configuration) {
    return watched.apply(SqliteJournal.open(configuration.avatar().stateDir()));
  }
}
