/** C functions that we do not bind, by the reason why not. unbound_test.ts holds it against the headers. */

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

export const unbound: Record<string, readonly string[]> = {
  "an older form of a function that we bind": names(`
    virConnectDomainEventDeregister virConnectDomainEventRegister virConnectListDefinedDomains
    virConnectListDomains virConnectNumOfDefinedDomains virConnectNumOfDomains
    virDomainCreateLinux virDomainGetUUIDString virDomainIsActive virDomainLookupByID
    virDomainLookupByUUID
  `),

  "a form with flags or file descriptors that we have no use for": names(`
    virDomainCreateWithFiles virDomainCreateWithFlags virDomainDestroyFlags virDomainShutdownFlags
    virStreamRecvFlags
  `),

  "bulk statistics or virDomainGetInfo say the same for all domains in one call": names(`
    virDomainBlockStats virDomainBlockStatsFlags virDomainGetBlockInfo virDomainGetCPUStats
    virDomainGetMaxMemory virDomainGetMaxVcpus virDomainGetVcpus virDomainGetVcpusFlags
    virDomainInterfaceStats virDomainMemoryStats
  `),

  "the domain's XML says the same": names(`
    virDomainGetBlkioParameters virDomainGetBlockIoTune virDomainGetEmulatorPinInfo
    virDomainGetIOThreadInfo virDomainGetInterfaceParameters virDomainGetMemoryParameters
    virDomainGetMetadata virDomainGetNumaParameters virDomainGetOSType
    virDomainGetSchedulerParameters virDomainGetSchedulerParametersFlags virDomainGetSchedulerType
    virDomainGetSecurityLabel virDomainGetSecurityLabelList virDomainGetVcpuPinInfo
    virDomainIOThreadInfoFree
  `),

  "one owner for each pointer: nothing to count, nothing to ask back": names(`
    virConnectRef virDomainGetConnect virDomainRef virStreamRef
  `),

  "we know the URI, and that it is the one we opened": names(`
    virConnectGetURI virConnectIsEncrypted virConnectIsSecure
  `),

  "blocks a thread until the stream ends, or calls back for each piece": names(`
    virStreamRecvAll virStreamSendAll virStreamSparseRecvAll virStreamSparseSendAll
  `),

  "consoles have no holes, and are aborted rather than finished": names(`
    virStreamFinish virStreamRecvHole virStreamSendHole
  `),

  "credentials come from libvirt's own client configuration": names(`
    virConnectOpenAuth virConnectSetIdentity
  `),

  "virtglass does not create, redefine, rename or remove domains yet": names(`
    virConnectDomainXMLFromNative virConnectDomainXMLToNative virConnectGetCPUModelNames
    virConnectGetDomainCapabilities virConnectGetMaxVcpus virDomainCreateXML
    virDomainCreateXMLWithFiles virDomainDefineXML virDomainDefineXMLFlags virDomainFDAssociate
    virDomainIsUpdated virDomainRename virDomainSetAutostart virDomainSetMetadata
    virDomainUndefine virDomainUndefineFlags
  `),

  "virtglass does not change a domain's hardware or tuning": names(`
    virDomainAddIOThread virDomainAttachDevice virDomainAttachDeviceFlags virDomainBlockResize
    virDomainDelIOThread virDomainDetachDevice virDomainDetachDeviceAlias
    virDomainDetachDeviceFlags virDomainGetLaunchSecurityInfo virDomainGetPerfEvents
    virDomainPinEmulator virDomainPinIOThread virDomainPinVcpu virDomainPinVcpuFlags
    virDomainSetBlkioParameters virDomainSetBlockIoTune virDomainSetBlockThreshold
    virDomainSetIOThreadParams virDomainSetInterfaceParameters virDomainSetLaunchSecurityState
    virDomainSetLifecycleAction virDomainSetMaxMemory virDomainSetMemory virDomainSetMemoryFlags
    virDomainSetMemoryParameters virDomainSetNumaParameters virDomainSetPerfEvents
    virDomainSetSchedulerParameters virDomainSetSchedulerParametersFlags virDomainSetVcpu
    virDomainSetVcpus virDomainSetVcpusFlags virDomainUpdateDeviceFlags
  `),

  "virtglass looks at snapshots, and changes none; checkpoints are a later issue": names(`
    virDomainCheckpointCreateXML virDomainCheckpointDelete virDomainCheckpointFree
    virDomainCheckpointGetConnect virDomainCheckpointGetDomain virDomainCheckpointGetName
    virDomainCheckpointGetParent virDomainCheckpointGetXMLDesc virDomainCheckpointListAllChildren
    virDomainCheckpointLookupByName virDomainCheckpointRef virDomainHasCurrentSnapshot
    virDomainListAllCheckpoints virDomainRevertToSnapshot
    virDomainSnapshotCreateXML virDomainSnapshotCurrent virDomainSnapshotDelete
    virDomainSnapshotGetConnect virDomainSnapshotGetDomain
    virDomainSnapshotGetName virDomainSnapshotGetParent
    virDomainSnapshotHasMetadata virDomainSnapshotListAllChildren
    virDomainSnapshotListChildrenNames virDomainSnapshotListNames virDomainSnapshotLookupByName
    virDomainSnapshotNum virDomainSnapshotNumChildren virDomainSnapshotRef
  `),

  "saving, restoring and dumping a domain is no command of ours": names(`
    virDomainCoreDump virDomainCoreDumpWithFormat virDomainHasManagedSaveImage
    virDomainManagedSave virDomainManagedSaveDefineXML virDomainManagedSaveGetXMLDesc
    virDomainManagedSaveRemove virDomainPMSuspendForDuration virDomainRestore
    virDomainRestoreFlags virDomainRestoreParams virDomainSave virDomainSaveFlags
    virDomainSaveImageDefineXML virDomainSaveImageGetXMLDesc virDomainSaveParams
  `),

  "block jobs, backups and other long jobs are not started by us; events tell of others'": names(`
    virDomainAbortJob virDomainAbortJobFlags virDomainBackupBegin virDomainBackupGetXMLDesc
    virDomainBlockCommit virDomainBlockCopy virDomainBlockJobAbort virDomainBlockJobSetSpeed
    virDomainBlockPull virDomainBlockRebase virDomainGetBlockJobInfo virDomainGetControlInfo
    virDomainGetDiskErrors virDomainGetJobInfo virDomainGetJobStats virDomainGetMessages
  `),

  "migration is a later issue": names(`
    virConnectBaselineCPU virConnectBaselineHypervisorCPU virConnectCompareCPU
    virConnectCompareHypervisorCPU virDomainMigrate virDomainMigrate2 virDomainMigrate3
    virDomainMigrateGetCompressionCache virDomainMigrateGetMaxDowntime virDomainMigrateGetMaxSpeed
    virDomainMigrateSetCompressionCache virDomainMigrateSetMaxDowntime virDomainMigrateSetMaxSpeed
    virDomainMigrateStartPostCopy virDomainMigrateToURI virDomainMigrateToURI2
    virDomainMigrateToURI3 virDomainStartDirtyRateCalc
  `),

  "the graphical console is a later issue": names(`
    virDomainOpenGraphics virDomainOpenGraphicsFD virDomainScreenshot
  `),

  "guest agent actions are a later issue": names(`
    virDomainAgentSetResponseTimeout virDomainAuthorizedSSHKeysGet virDomainAuthorizedSSHKeysSet
    virDomainFSFreeze virDomainFSInfoFree virDomainFSThaw virDomainFSTrim virDomainGetFSInfo
    virDomainGetGuestInfo virDomainGetGuestVcpus virDomainGetHostname virDomainGetTime
    virDomainOpenChannel virDomainSetGuestVcpus virDomainSetTime virDomainSetUserPassword
  `),

  "virtglass looks at active storage pools, and no further; networks are a later issue": names(`
    virConnectFindStoragePoolSources virConnectGetStoragePoolCapabilities
    virConnectListAllInterfaces virConnectListAllNetworks
    virConnectListDefinedInterfaces virConnectListDefinedNetworks
    virConnectListDefinedStoragePools virConnectListInterfaces virConnectListNetworks
    virConnectListStoragePools virConnectNetworkEventDeregisterAny
    virConnectNetworkEventRegisterAny virConnectNumOfDefinedInterfaces
    virConnectNumOfDefinedNetworks virConnectNumOfDefinedStoragePools virConnectNumOfInterfaces
    virConnectNumOfNetworks virConnectNumOfStoragePools virConnectStoragePoolEventDeregisterAny
    virConnectStoragePoolEventRegisterAny
  `),

  "host devices, network filters and secrets are not ours to show": names(`
    virConnectGetSysinfo virConnectListAllNWFilterBindings virConnectListAllNWFilters
    virConnectListAllNodeDevices virConnectListAllSecrets virConnectListNWFilters
    virConnectListSecrets virConnectNodeDeviceEventDeregisterAny
    virConnectNodeDeviceEventRegisterAny virConnectNumOfNWFilters virConnectNumOfSecrets
    virConnectSecretEventDeregisterAny virConnectSecretEventRegisterAny
  `),

  "reaches into a guest behind its back": names(`
    virDomainBlockPeek virDomainInjectNMI virDomainMemoryPeek virDomainSendProcessSignal
  `),

  "another library's, for one hypervisor, without a stable interface": names(`
    virConnectDomainQemuMonitorEventDeregister virConnectDomainQemuMonitorEventRegister
    virDomainLxcEnterCGroup virDomainLxcEnterNamespace virDomainLxcEnterSecurityLabel
    virDomainLxcOpenNamespace virDomainQemuAgentCommand virDomainQemuAttach
    virDomainQemuMonitorCommand virDomainQemuMonitorCommandWithFiles
  `),
};

/** The same for functions that libvirt got after 9.0, which a header need not have. */
export const unboundSince9 = names(`
  virDomainDelThrottleGroup virDomainGetAutostartOnce virDomainGraphicsReload
  virDomainSetAutostartOnce virDomainSetThrottleGroup
`);
