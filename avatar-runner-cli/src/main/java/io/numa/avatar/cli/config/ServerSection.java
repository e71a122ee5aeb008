package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The avatar's own HTTP server, for its operators. */
public record ServerSection(
    @Key(
            "Where the server listens, such as `127.0.0.1:7302`. Without it, there is no server,"
                + " unless `run --serve` says so.")
        Optional<HostAndPort> listen,
    @Key(
            "File that holds the token of the operators. Without it, it is `server.token` in"
                + " `avatar.state_dir`. A file that does not exist is made, with a new token.")
        Optional<Path> tokenFile,
    @Key("Names by which browsers may reach the server, beside its own addresses.")
        @Default("")
        @Form(
            value = "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?",
            expected = "a name such as avatar.example.com")
        List<String> hosts) {

  /** Where {@code run --serve} listens if it is not told. */
  public static final String USUAL = "127.0.0.1:7302";

  /** The file of the token. */
  public Path tokenFileIn(Path stateDir) {
    return tokenFile.orElse(stateDir.resolve("server.token"));
  }
}
