package io.numa.avatar.git.internal.access;

import io.numa.avatar.git.internal.answer.GitService;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.address.Destination;
import java.net.URL;
import java.util.HashSet;
import java.util.Set;

/**
 * The hosts of one conversation that are known for Git: the operator names them, they have the name
 * of a service, or they have spoken Git's protocol. What another server says is not for messages: a
 * task may have named it to learn what it says.
 */
final class GitHosts {
  private final GitSettings settings;
  private final Set<Destination> spoken = new HashSet<>();

  GitHosts(GitSettings settings) {
    this.settings = settings;
  }

  boolean include(URL url) {
    Destination host = Destination.of(url);
    return spoken.contains(host)
        || settings.names(host)
        || HostingService.guess(host.host()) != HostingService.PLAIN;
  }

  /** Notes an answer, which may be in Git's protocol. */
  void note(URL url, HttpAnswer answer) {
    GitService.of(url.toExternalForm())
        .filter(service -> service.answers(answer.mediaType()))
        .ifPresent(service -> spoken.add(Destination.of(url)));
  }
}
