package dev.cordon.scan.rule;

import dev.cordon.wasm.ModuleVisitor;

/**
 * A rule that listens while a module's code is read and speaks afterwards. It listens to one module
 * and is then thrown away.
 */
interface CodeRule extends Rule, ModuleVisitor {}
