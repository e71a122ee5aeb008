package io.numa.avatar.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.testkit.junit.NatsServerExtension;
import io.numa.avatar.testkit.queue.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of this machine, which may be missing. */
final class Programs {
  private Programs() {}

  /** Starts a server; without the program, the test is skipped with a reason. */
  static NatsServer server(Path folder, String... arguments) throws IOException {
    NatsServerExtension.require();
    return NatsServer.start(folder, arguments);
  }

  /** Makes a certificate that is its own authority; the test is skipped without openssl. */
  static void certificate(Path certificate, Path key, String names) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "SKIPPED: there is no openssl");
    Process process =
        new ProcessBuilder(
                "/usr/bin/openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=numa",
                "-addext",
                "subjectAltName=" + names,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
  }
}
