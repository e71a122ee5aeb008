package io.numa.avatar.cli.doctor;

import io.numa.avatar.cli.config.GitSection;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostingService;
import java.util.List;
import java.util.Set;

/** The check of {@code doctor} on the hosts whose change requests the avatar looks after. */
final class FollowUpHosts {
  private static final Set<HostingService> SUPPORTED =
      Set.of(HostingService.GITHUB, HostingService.GITLAB, HostingService.GITEA);

  private FollowUpHosts() {}

  static List<CheckResult> check(GitSection git, GitSettings settings) {
    return git.followUp().isOn()
        ? settings.credentials().hosts().stream().map(FollowUpHosts::check).toList()
        : List.of();
  }

  private static CheckResult check(HostCredential credential) {
    HostingService service = credential.serviceOrGuess();
    String subject = "git.follow_up at " + credential.host();
    return SUPPORTED.contains(service)
        ? CheckResult.good(subject, "looks after the change requests at " + service.word())
        : CheckResult.doubtful(
            subject,
            "does not look after change requests at "
                + service.word()
                + "; GitHub, GitLab, Gitea and Forgejo are supported");
  }
}
