package dev.cordon;

import dev.cordon.data.SharedData;
import dev.cordon.dispatch.Bridge;
import dev.cordon.guest.ApplicationFunctions;
import dev.cordon.guest.BrokerDoor;
import dev.cordon.monitor.AuditRing;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.runtime.ModuleCompiler;
import dev.cordon.trust.judge.TrustJudge;
import org.jspecify.annotations.Nullable;

/**
 * What all plugins of one engine share.
 *
 * @param quota what each may use at most
 * @param listener hears what happens; never throws
 * @param data what they share with each other
 * @param compiler makes their modules executable
 * @param places for all their calls together; null if only each plugin's instances bound them
 * @param judge decides which of them may be loaded
 * @param allowUnrequested whether they may get what their manifests do not ask for
 * @param functions what the application offers them to import
 * @param bridge brings them commands and events
 * @param broker decides about uses that no grant covers
 * @param audit keeps what was decided
 */
record EngineParts(
        Quota quota,
        EngineListener listener,
        SharedData data,
        ModuleCompiler compiler,
        @Nullable Admission<String> places,
        TrustJudge judge,
        boolean allowUnrequested,
        ApplicationFunctions functions,
        Bridge bridge,
        BrokerDoor broker,
        AuditRing audit) {}
