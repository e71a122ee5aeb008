package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.http.Json;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.time.TimeSource;
import java.net.URI;

/**
 * Loads classes that an avatar needs until its first poll, on a thread of its own, while the
 * command line and the configuration are read. It makes an avatar start earlier, and nothing else:
 * what it makes is dropped, and what it has not loaded yet is loaded where it is used.
 */
public final class Preparation {
  private Preparation() {}

  /** Begins, and returns at once. */
  public static void begin() {
    var thread = new Thread(Preparation::load, "avatar-preparation");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    ConfigLoader.prepare();
    SqliteJournal.prepare();
    Avatar.prepareInjection();
    Guice.createInjector(Stage.PRODUCTION, new Sample()).getInstance(HttpBackend.class).close();
    Json.parse("{}");
  }

  /** A part of an avatar that needs no configuration. */
  private static final class Sample extends AbstractModule {
    @Provides
    @Singleton
    HttpBackend backend() {
      var settings =
          BackendSettings.of(URI.create("http://localhost"), new AvatarId("preparation"));
      return new HttpBackend(settings, TimeSource.SYSTEM.clock());
    }

    @Provides
    MessageSource messages(HttpBackend backend) {
      return backend.messages();
    }
  }
}
