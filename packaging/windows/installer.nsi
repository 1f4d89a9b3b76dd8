; The installer for Windows: for one person, without administrator rights.
;
; installer.py calls makensis with VERSION, NUMBERS (the version as four numbers), KILOBYTES, FILES,
; CASE_ICON, PROGRAM_ICON, SIDE, OUT, and SIGN where programs are signed.
;
; Only the program is ever installed or removed. Cases and settings, in %LOCALAPPDATA%\NCA Wizard,
; are not touched. Exit codes: 0 done, 1 cancelled, 2 nothing was changed.

Unicode true
; The installers of NSIS's own makers have 32 bits, which every Windows runs; Debian has both kinds.
!if /FileExists "${NSISDIR}/Plugins/amd64-unicode/System.dll"
  Target amd64-unicode
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "Integration.nsh"
!include "Win\COM.nsh"
!include "Win\Propkey.nsh"

!define NAME "NCA Wizard"
!define PROGRAM "NCA Wizard.exe"
!define COMMAND "nca-wizard.exe"
; The same as the program gives itself, so that the taskbar knows its pin.
!define APP_ID "org.nca_wizard.NcaWizard"
!define CASE_TYPE "NCAWizard.Case"
!define RULES_TYPE "NCAWizard.RulesUpdate"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\NCA Wizard"
; Windows 10, version 1809: the oldest that Qt 6.11 runs on.
!define OLDEST_BUILD 17763

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\NCA Wizard"
; An upgrade goes where the program is.
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "the NCA Wizard authors"
VIAddVersionKey "LegalCopyright" "the NCA Wizard authors, MIT licence"
!ifdef SIGN
  !uninstfinalize `${SIGN} "%1"`
!endif

!define MUI_ICON "${PROGRAM_ICON}"
!define MUI_UNICON "${PROGRAM_ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "$(Welcome)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(CasesAreKept)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The first is taken where Windows speaks neither.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

!macro TEXT name english german
  LangString ${name} ${LANG_ENGLISH} "${english}"
  LangString ${name} ${LANG_GERMAN} "${german}"
!macroend
!insertmacro TEXT Welcome \
  "NCA Wizard ${VERSION} will be installed for you alone; no administrator rights are needed. Cases and settings of an earlier version are kept.$\r$\n$\r$\nAn independent tool, not affiliated with Microsoft.$\r$\n$\r$\nClick Install to begin." \
  "NCA Wizard ${VERSION} wird nur für Sie installiert; Administratorrechte sind nicht nötig. Fälle und Einstellungen einer früheren Version bleiben erhalten.$\r$\n$\r$\nEin unabhängiges Werkzeug, nicht mit Microsoft verbunden.$\r$\n$\r$\nKlicken Sie auf Installieren, um zu beginnen."
!insertmacro TEXT CasesAreKept \
  "The program will be removed. Your cases and settings stay in $LOCALAPPDATA\NCA Wizard." \
  "Das Programm wird entfernt. Ihre Fälle und Einstellungen bleiben in $LOCALAPPDATA\NCA Wizard."
!insertmacro TEXT ProgramIsOpen \
  "NCA Wizard is open. Please close it, then click Retry; what you have entered is saved." \
  "NCA Wizard ist geöffnet. Bitte schließen Sie es und klicken Sie dann auf Wiederholen; Ihre Eingaben sind gespeichert."
!insertmacro TEXT CannotWrite \
  "The program could not be written to $INSTDIR. Nothing was changed. Is the disk full?" \
  "Das Programm konnte nicht nach $INSTDIR geschrieben werden. Es wurde nichts geändert. Ist der Datenträger voll?"
!insertmacro TEXT TooOld \
  "NCA Wizard needs Windows 10, version 1809, or newer, with 64 bits." \
  "NCA Wizard braucht Windows 10, Version 1809, oder neuer, mit 64 Bit."
!insertmacro TEXT CaseType "NCA Wizard case" "NCA-Wizard-Fall"
!insertmacro TEXT RulesType "NCA Wizard rules update" "NCA-Wizard-Regelupdate"

; --- The program must not be open --------------------------------------------------------------

!macro REFUSE_WHILE_OPEN file
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\${file}"
      ${ExitDo}
    ${EndIf}
    ; Windows lets nobody write to a program that runs.
    ClearErrors
    FileOpen $0 "$INSTDIR\${file}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(ProgramIsOpen)" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${Loop}
!macroend

; --- Installing --------------------------------------------------------------------------------

Function .onInit
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

!macro FILE_TYPE ending type name icon
  WriteRegStr HKCU "${CLASSES}\${type}" "" "${name}"
  WriteRegStr HKCU "${CLASSES}\${type}" "AppUserModelID" "${APP_ID}"
  WriteRegStr HKCU "${CLASSES}\${type}\DefaultIcon" "" "${icon}"
  WriteRegStr HKCU "${CLASSES}\${type}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${CLASSES}\${ending}" "" "${type}"
  WriteRegNone HKCU "${CLASSES}\${ending}\OpenWithProgids" "${type}"
!macroend

; The property that CreateShortcut cannot set, as in the example of Win\COM.nsh.
!macro NAME_SHORTCUT path
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${path}",2)' ; STGM_READWRITE
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
        System::Call '*(&w${NSIS_MAX_STRLEN} "${APP_ID}")p.r4'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,r4)p.r5'
        ${IPropertyStore::SetValue} $2 '(r3,r5)'
        ${IPropertyStore::Commit} $2 ""
        System::Free $5
        System::Free $4
        System::Free $3
        ${IUnknown::Release} $2 ""
      ${EndIf}
      ${IPersistFile::Save} $1 '("${path}",1)'
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
!macroend

!macro STOP_ON_ERRORS
  ${If} ${Errors}
    RMDir /r "$INSTDIR\new"
    MessageBox MB_OK|MB_ICONSTOP "$(CannotWrite)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

Section
  !insertmacro REFUSE_WHILE_OPEN "${PROGRAM}"
  !insertmacro REFUSE_WHILE_OPEN "${COMMAND}"

  ; Beside what is there, so that a full disk leaves the earlier version as it was.
  RMDir /r "$INSTDIR\new"
  SetOutPath "$INSTDIR\new"
  ClearErrors
  SetOverwrite try
  File /r "${FILES}"
  File "/oname=case-file.ico" "${CASE_ICON}"
  SetOutPath "$INSTDIR"
  !insertmacro STOP_ON_ERRORS
  ; All of it, or nothing where a single file is in use.
  RMDir /r "$INSTDIR\old"
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\_internal"
    Rename "$INSTDIR\_internal" "$INSTDIR\old"
  ${EndIf}
  !insertmacro STOP_ON_ERRORS
  Rename "$INSTDIR\new\_internal" "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\old"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${COMMAND}"
  Delete "$INSTDIR\case-file.ico"
  Rename "$INSTDIR\new\${PROGRAM}" "$INSTDIR\${PROGRAM}"
  Rename "$INSTDIR\new\${COMMAND}" "$INSTDIR\${COMMAND}"
  Rename "$INSTDIR\new\case-file.ico" "$INSTDIR\case-file.ico"
  RMDir "$INSTDIR\new"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  !insertmacro NAME_SHORTCUT "$SMPROGRAMS\${NAME}.lnk"

  !insertmacro FILE_TYPE ".ncacase" "${CASE_TYPE}" "$(CaseType)" "$INSTDIR\case-file.ico"
  !insertmacro FILE_TYPE ".ncarules" "${RULES_TYPE}" "$(RulesType)" "$INSTDIR\${PROGRAM},0"
  ${NotifyShell_AssocChanged}

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "the NCA Wizard authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; --- Removing ----------------------------------------------------------------------------------

!macro NO_FILE_TYPE ending type
  DeleteRegKey HKCU "${CLASSES}\${type}"
  DeleteRegValue HKCU "${CLASSES}\${ending}\OpenWithProgids" "${type}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ending}\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\${ending}" ""
  ${If} $0 == "${type}"
    DeleteRegValue HKCU "${CLASSES}\${ending}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ending}"
!macroend

Section "Uninstall"
  !insertmacro REFUSE_WHILE_OPEN "${PROGRAM}"
  !insertmacro REFUSE_WHILE_OPEN "${COMMAND}"

  ; By name: whatever else somebody has put there is not ours to delete.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${COMMAND}"
  Delete "$INSTDIR\case-file.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"

  Delete "$SMPROGRAMS\${NAME}.lnk"
  !insertmacro NO_FILE_TYPE ".ncacase" "${CASE_TYPE}"
  !insertmacro NO_FILE_TYPE ".ncarules" "${RULES_TYPE}"
  ${NotifyShell_AssocChanged}
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
