package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressPorts;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Takes up connections at other ports than it should. */
record AlteredEgress(Egress egress, UnaryOperator<EgressPorts> alteration) implements Egress {
  @Override
  public EgressWay open(EgressRequest request) {
    return new Way(egress.open(request), alteration);
  }

  private record Way(EgressWay way, UnaryOperator<EgressPorts> alteration) implements EgressWay {
    @Override
    public Path socket() {
      return way.socket();
    }

    @Override
    public EgressPorts ports() {
      return alteration.apply(way.ports());
    }

    @Override
    public Map<String, String> environment() {
      return way.environment();
    }

    @Override
    public Map<Path, String> homeFiles() {
      return way.homeFiles();
    }

    @Override
    public List<RefusedHost> refused() {
      return way.refused();
    }

    @Override
    public void close() {
      way.close();
    }
  }
}
