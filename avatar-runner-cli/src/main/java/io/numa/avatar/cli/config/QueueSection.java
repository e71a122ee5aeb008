package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Range;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A stream of tasks on NATS JetStream, which many avatars share. */
public record QueueSection(
    @Key(
            "Addresses of the NATS servers, such as `nats://127.0.0.1:4222`, separated by commas;"
                + " `tls://` for TLS. Without it, the avatar polls the backend's topic.")
        @Form(
            value = "(?:nats|tls)://[^\\s/@,]+(?:,(?:nats|tls)://[^\\s/@,]+)*",
            expected = "an address such as nats://127.0.0.1:4222, without a login")
        Optional<String> url,
    @Key("Topic to take tasks from.") @Default("tasks") @Form(value = NAME, expected = A_NAME)
        String topic,
    @Key("Routes whose tasks the avatar takes. It takes `prose` only where it has an agent.")
        @Default("plan, prose")
        @Form(value = NAME, expected = A_NAME)
        List<String> routes,
    @Key("The stream of tasks; it is made if it is missing.")
        @Default("NUMA_TASKS")
        @Form(value = NAME, expected = A_NAME)
        String stream,
    @Key("How many servers of a cluster keep the streams that the avatar makes.")
        @Default("1")
        @Range(least = "1", most = "5")
        Integer replicas,
    @Key("First part of the consumers' names; avatars with the same one share the tasks.")
        @Default("avatars")
        @Form(value = NAME, expected = A_NAME)
        String consumer,
    @Key(
            "How long a task stays with an avatar that does not renew it. The avatar renews it after"
                + " each third of this time.")
        @Default("60s")
        @Range(least = "2s", most = "1h")
        Duration ackWait,
    @Key("How often a task is claimed before it goes to the dead letters.")
        @Default("5")
        @Range(least = "1", most = "1000")
        Integer maxAttempts,
    @Key(
            "How long a task may wait; one that waited longer goes to the dead letters. `0` for any"
                + " time.")
        @Default("0")
        @Range(least = "0s", most = "365d")
        Duration expireAfter,
    @Key("Limits beside the slots of this avatar.") Limits limits,
    @Key(
            "`ids`: a message names a task, and all else is the backend's. `whole`: a message holds"
                + " the task and its application, and reports go to the stream; there is no"
                + " backend.")
        @Default("ids")
        @Form(value = "ids|whole", expected = "ids or whole")
        String mode,
    @Key(
            "Name of the backend that publishers and avatars agree on. Without it, host and port of"
                + " `backend.url`.")
        Optional<String> backend,
    @Key("File with the certificates of the authorities that sign the servers' certificates.")
        Optional<Path> caFile,
    @Key("File with the avatar's credentials, as the servers' tools write it (`.creds`).")
        Optional<Path> credentialsFile,
    @Key("File that holds the token of the servers.") Optional<SecretFile> tokenFile,
    @Key("File that holds the seed of the avatar's NKey.") Optional<SecretFile> nkeyFile,
    @Key("The avatar's name at the servers.") Optional<String> username,
    @Key("File that holds the password of `queue.username`.") Optional<SecretFile> passwordFile) {

  static final String NAME = "[A-Za-z0-9_-]{1,64}";
  static final String A_NAME = "letters, digits, '_' and '-'";

  /** Whether tasks come from the queue. */
  public boolean isUsed() {
    return url.isPresent();
  }

  /** The name of the backend in the subjects of messages; {@code queue} where there is none. */
  public String backendName(Optional<URI> backendUrl) {
    return backend
        .or(() -> backendUrl.filter(url -> !isWhole()).map(QueueSection::hostAndPort))
        .orElse("queue");
  }

  private static String hostAndPort(URI url) {
    int usual = "https".equals(url.getScheme()) ? 443 : 80;
    return url.getHost() + ":" + (url.getPort() < 0 ? usual : url.getPort());
  }

  /** Whether messages hold the whole tasks, so that there is no backend. */
  public boolean isWhole() {
    return isUsed() && "whole".equals(mode);
  }

  Stream<Secret> secrets() {
    return Stream.of(tokenFile, nkeyFile, passwordFile)
        .flatMap(Optional::stream)
        .map(SecretFile::secret);
  }

  /**
   * Limits beside the slots of this avatar.
   *
   * @param perRepository for the tasks of this avatar alone
   */
  public record Limits(
      @Key("How many tasks this avatar works on at a time in one repository.")
          @Default("2")
          @Range(least = "1", most = "256")
          Integer perRepository) {}
}
