package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.egress.SocketEgress;
import io.numa.avatar.egress.registry.GoSetup;
import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.testkit.registry.RegistryDouble;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings in a sandbox's HOME lead through its way out to the registry. */
class RegistriesThroughEgressTest {
  private static final Pattern URL = Pattern.compile("registry=http://127\\.0\\.0\\.1:(\\d+)(/.*)");

  @TempDir Path folder;

  @Test
  void theAddressInTheSettingsLeadsToTheRegistry() throws Exception {
    Path sockets = Files.createDirectory(folder.resolve("r"));
    try (var upstream = RegistryDouble.start().demand("Authorization", "Bearer t");
        var served = ServedRegistries.start(setup(upstream), sockets, builder -> builder);
        var egress = new SocketEgress(folder, served, HostLookup.SYSTEM);
        EgressWay way = egress.open(new EgressRequest(Set.of(), Set.of()))) {
      upstream.put("/npm/hello", "application/json", "{\"name\":\"hello\"}");
      Matcher url = URL.matcher(way.homeFiles().get(Path.of(".npmrc")));
      assertThat(url.find()).isTrue();
      int port = Integer.parseInt(url.group(1));
      assertThat(way.ports().local()).contains(port);

      assertThat(through(way, port, url.group(2) + "hello")).endsWith("{\"name\":\"hello\"}");
    }
  }

  /** What the helper of a sandbox does: it names the place, and passes the bytes on. */
  private static String through(EgressWay way, int port, String target) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(way.socket()));
      String request =
          "tcp 127.0.0.1 "
              + port
              + "\n"
              + ("GET " + target + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
      channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
      return new String(Channels.newInputStream(channel).readAllBytes(), ISO_8859_1);
    }
  }

  private static RegistrySetup setup(RegistryDouble upstream) {
    var registry =
        new Registry(
            RegistryKind.NPM,
            "npm",
            URI.create(upstream.url() + "/npm/"),
            Optional.of(Login.bearer(new Secret("t"))),
            Optional.empty(),
            "test");
    return new RegistrySetup(List.of(registry), new GoSetup("off", Map.of()), List.of());
  }
}
