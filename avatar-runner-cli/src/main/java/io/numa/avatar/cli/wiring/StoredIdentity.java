package io.numa.avatar.cli.wiring;

import io.numa.avatar.cli.config.AgentEntry;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.operation.AvatarStatus;
import java.net.URI;
import java.util.Objects;

/** Tells who an avatar is that does not run. */
public final class StoredIdentity {
  private StoredIdentity() {}

  public static AvatarStatus.Identity of(Configuration configuration) {
    String version = StoredIdentity.class.getPackage().getImplementationVersion();
    return new AvatarStatus.Identity(
        configuration.avatar().id(),
        configuration.avatar().topicName(),
        Objects.requireNonNullElse(version, "(from classes)"),
        configuration.backend().url().map(URI::toString),
        configuration.sandbox().profile().run().word(),
        configuration.agents().inOrder().stream().map(AgentEntry::name).toList());
  }
}
