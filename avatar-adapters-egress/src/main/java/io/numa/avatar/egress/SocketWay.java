package io.numa.avatar.egress;

import io.numa.avatar.egress.internal.relay.Passage;
import io.numa.avatar.egress.internal.relay.Traffic;
import io.numa.avatar.port.sandbox.EgressPorts;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one sandbox, through a UNIX socket of its own. */
final class SocketWay implements EgressWay {
  private static final Logger log = LoggerFactory.getLogger(SocketWay.class);

  private static final List<String> PROXY_VARIABLES =
      List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY");
  private static final List<String> NO_PROXY_VARIABLES = List.of("no_proxy", "NO_PROXY");
  private static final String LOOPBACK = "localhost,127.0.0.1,::1";

  private final Path socket;
  private final Passage.Rules rules;
  private final Traffic traffic;
  private final Map<String, String> environment;
  private final Map<Path, String> homeFiles;

  /**
   * Takes connections at a new socket.
   *
   * @param environment variables of servers' clients
   * @param homeFiles settings of servers' clients
   */
  SocketWay(
      Path socket, Passage passage, Map<String, String> environment, Map<Path, String> homeFiles) {
    this.socket = socket;
    this.rules = passage.rules();
    this.environment = Map.copyOf(environment);
    this.homeFiles = Map.copyOf(homeFiles);
    this.traffic = Traffic.start(passage, SocketFolder.listen(socket));
  }

  @Override
  public Path socket() {
    return socket;
  }

  @Override
  public EgressPorts ports() {
    return rules.routes().ports();
  }

  @Override
  public Map<String, String> environment() {
    String proxy = "http://127.0.0.1:" + rules.routes().proxy();
    var all = new HashMap<String, String>();
    PROXY_VARIABLES.forEach(name -> all.put(name, proxy));
    NO_PROXY_VARIABLES.forEach(name -> all.put(name, LOOPBACK));
    all.putAll(environment);
    return all;
  }

  @Override
  public Map<Path, String> homeFiles() {
    return homeFiles;
  }

  @Override
  public List<RefusedHost> refused() {
    return rules.refusals().counted();
  }

  @Override
  public void close() {
    traffic.close();
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      log.warn("could not remove the socket {}: {}", socket, e.getMessage());
    }
  }
}
