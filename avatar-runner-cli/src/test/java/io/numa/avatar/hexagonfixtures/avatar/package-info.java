/**
 * Offenders: each class breaks the architecture rule that it names, to prove that the rule can
 * fail.
 */
@NullMarked
package io.numa.avatar.hexagonfixtures.avatar;

import org.jspecify.annotations.NullMarked;
