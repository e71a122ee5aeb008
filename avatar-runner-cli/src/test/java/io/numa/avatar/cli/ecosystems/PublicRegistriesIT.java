package io.numa.avatar.cli.ecosystems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects really fetch their dependencies, from the registries that this machine's package clients
 * are set up for, into an empty HOME. Skipped where npm itself reaches no registry.
 */
class PublicRegistriesIT {
  private static final String ADDS =
      """
      const test = require('node:test');
      const isNumber = require('is-number');
      test('knows numbers', () => { if (!isNumber(5)) throw new Error('5'); });
      """;

  private static final String MAVEN =
      """
      <project><modelVersion>4.0.0</modelVersion>
        <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>PACKAGING
        <properties>
          <maven.compiler.source>17</maven.compiler.source>
          <maven.compiler.target>17</maven.compiler.target>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencyManagement><dependencies><dependency>
          <groupId>org.junit</groupId><artifactId>junit-bom</artifactId><version>5.9.2</version>
          <type>pom</type><scope>import</scope>
        </dependency></dependencies></dependencyManagement>
        <dependencies><dependency>
          <groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version>
          <scope>test</scope>
        </dependency></dependencies>
      </project>
      """;

  @TempDir Path folder;

  @Test
  void servesMavenAndNpm() throws Exception {
    requireRegistry();
    try (var world = new ExecWorld(folder, projects())) {
      world.withHomeOfTheBuild();

      String first =
          world.carryOut(
              """
              test -z "$(ls -A ~/.m2/repository/)$(ls -A ~/.npm/)"
              (cd npm && npm install --no-audit --no-fund && node --test) && echo npm passed
              (cd maven && mvn -q -B -f bom.xml validate) && echo maven fetched
              """);
      assertThat(first).contains("sandbox: egress by ");
      assertThat(ExecWorld.printed(first)).contains("npm passed", "maven fetched");

      String again =
          world.carryOut(
              """
              (cd npm && npm install --offline --no-audit --no-fund && node --test) && echo npm passed
              (cd maven && mvn -q -B -o -f bom.xml validate) && echo maven fetched
              """,
              "--set",
              "sandbox.profile=offline");
      assertThat(again).contains("sandbox: offline by ");
      assertThat(ExecWorld.printed(again)).contains("npm passed", "maven fetched");
    }
  }

  /** With all plugins that Maven needs; nothing is published although the build asks for it. */
  @Test
  @EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes 20 s")
  void testsAMavenProjectAndDeploysNothing() throws Exception {
    requireRegistry();
    try (var world = new ExecWorld(folder, projects())) {
      world.withHomeOfTheBuild();

      String first =
          world.carryOut(
              """
              cd maven
              mvn -q -B verify
              grep -q 'Tests run: 1, Failures: 0' target/surefire-reports/*.txt && echo maven passed
              url=$(grep -o 'http://127.0.0.1:[0-9]*/[a-z0-9]*' ~/.m2/settings.xml | head -1)
              if mvn -B -DskipTests deploy -DaltDeploymentRepository=x::default::$url; then exit 1; fi
              """);
      assertThat(ExecWorld.printed(first)).contains("maven passed");
      assertThat(first).containsPattern("Failed to deploy artifacts.*403");

      String again =
          world.carryOut(
              "cd maven && mvn -q -B -o verify && echo maven passed",
              "--set",
              "sandbox.profile=offline");
      assertThat(ExecWorld.printed(again)).contains("maven passed");
    }
  }

  private static Map<String, String> projects() {
    Map<String, String> files = new HashMap<>();
    files.put(
        "npm/package.json",
        "{\"name\": \"shop\", \"version\": \"1.0.0\", \"dependencies\": {\"is-number\": \"7.0.0\"}}");
    files.put("npm/shop.test.js", ADDS);
    files.put("maven/pom.xml", MAVEN.replace("PACKAGING", ""));
    files.put("maven/bom.xml", MAVEN.replace("PACKAGING", "<packaging>pom</packaging>"));
    files.put(
        "maven/src/test/java/ShopTest.java",
        """
        import static org.junit.Assert.assertEquals;

        import org.junit.Test;

        public class ShopTest {
          @Test
          public void adds() {
            assertEquals(2, 1 + 1);
          }
        }
        """);
    return files;
  }

  private static void requireRegistry() throws IOException, InterruptedException {
    ExecWorld.require("npm", "node", "mvn");
    var npm = new ProcessBuilder("npm", "view", "is-number@7.0.0", "version");
    npm.environment().put("HOME", ExecWorld.BUILDERS_HOME.toString());
    Process asked = npm.redirectErrorStream(true).start();
    asked.getOutputStream().close();
    boolean reached = asked.waitFor(20, TimeUnit.SECONDS) && asked.exitValue() == 0;
    if (!reached) {
      asked.destroyForcibly();
      System.err.println("WARNING: tests of public registries are SKIPPED: npm reaches none");
    }
    assumeTrue(reached, "npm reaches no registry");
  }
}
