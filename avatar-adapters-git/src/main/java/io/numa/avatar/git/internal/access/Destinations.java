package io.numa.avatar.git.internal.access;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.http.address.ForbiddenAddressException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.RepositoryUrl;

/** Where repositories are. */
public final class Destinations {
  private Destinations() {}

  /**
   * Checks the spelling of a repository's host, and its address if it is a literal one.
   *
   * @throws PortException of kind {@code DENIED} if it is forbidden
   */
  public static void requireReachable(RepositoryUrl url, GitSettings settings) {
    if (url.transport() == RepositoryUrl.Transport.LOCAL) {
      return;
    }
    try {
      settings.addresses().rule().requireLiteral(Destination.of(url));
    } catch (ForbiddenAddressException e) {
      throw e.denied();
    }
  }
}
