/**
 * What every adapter of a port must do, as JUnit classes to extend.
 *
 * <p>Authors of adapters extend the suite of their port and give it an adapter to test. Begin with
 * {@link io.numa.avatar.testkit.contract.TaskSourceContract}.
 */
@NullMarked
package io.numa.avatar.testkit.contract;

import org.jspecify.annotations.NullMarked;
