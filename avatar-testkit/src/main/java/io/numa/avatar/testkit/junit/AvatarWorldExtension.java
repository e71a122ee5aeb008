package io.numa.avatar.testkit.junit;

import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryRepository;
import io.numa.avatar.testkit.ManualClock;
import io.numa.avatar.testkit.ScriptedCommandRunner;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test, as parameters, separate fakes for everything that an avatar uses:
 *
 * <pre>{@code
 * @ExtendWith(AvatarWorldExtension.class)
 * class MyToolTest {
 *   @Test
 *   void worksOffATask(InMemoryBackend backend, GitServer git) {
 *     git.createRepository("shop").seed("main", Map.of("README.md", "A shop.\n"));
 *     // add a task to the backend, give it to the tool, check the push
 *   }
 * }
 * }</pre>
 *
 * <p>The possible parameters are {@link InMemoryBackend}, {@link InMemoryRepository} (which commits
 * as {@code Avatar <avatar@example.com>}), {@link ScriptedCommandRunner}, {@link ManualClock} (at
 * {@code 2025-08-03T10:00:00Z}; the repository's time, too), and the servers {@link NumaBackend},
 * {@link NumaV1Backend} and {@link GitServer}, which start when a test first asks for them.
 *
 * <p>A test gets the same objects in all its methods, including {@code @BeforeEach} and
 * {@code @AfterEach}; another test gets other objects. Constructors and methods that run once for a
 * class get none. The extension closes the servers and removes their files after the last
 * {@code @AfterEach}.
 */
public final class AvatarWorldExtension implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(AvatarWorldExtension.class);

  private static final Set<Class<?>> PARTS =
      Set.of(
          InMemoryBackend.class,
          InMemoryRepository.class,
          ScriptedCommandRunner.class,
          ManualClock.class,
          NumaBackend.class,
          NumaV1Backend.class,
          GitServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getTestMethod().isPresent()
        && parameter.getDeclaringExecutable() instanceof Method
        && PARTS.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(World.class, key -> new World(), World.class)
        .part(parameter.getParameter().getType());
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    World world = context.getStore(NAMESPACE).remove(World.class, World.class);
    if (world != null) {
      world.close();
    }
  }
}
